package io.hera.config.source;

import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import io.hera.wire.EurekaMode;
import java.util.List;
import java.util.Optional;

/** The type of the setting {@code eureka}: true, false, or a mapping with a port. */
public final class EurekaType implements ValueType<EurekaMode> {
  private static final String PORT = "port";
  private static final String TRUE = "true";
  private static final String FALSE = "false";

  @Override
  public Optional<EurekaMode> read(String key, RawValue raw, List<Fault> faults) {
    if (raw instanceof Section section) {
      return port(key, section, faults).map(EurekaMode.AlsoAt::new);
    }
    if (raw instanceof Scalar scalar && scalar.text().equals(TRUE)) {
      return Optional.of(new EurekaMode.On());
    }
    if (raw instanceof Scalar scalar && scalar.text().equals(FALSE)) {
      return Optional.of(new EurekaMode.Off());
    }
    if (!(raw instanceof Refused)) {
      String rule = "is neither true, nor false, nor a mapping with a port";
      faults.add(raw.place().fault(key, raw.shown(), rule));
    }
    return Optional.empty();
  }

  private static Optional<Integer> port(String key, Section section, List<Fault> faults) {
    RawValue port = Sections.flat(section, key + ".", List.of(PORT), faults).get(PORT);
    if (port == null) {
      faults.add(section.place().fault(key, "", "has no port"));
      return Optional.empty();
    }
    return ValueTypes.PORT.read(key + "." + PORT, port, faults);
  }

  @Override
  public Optional<String> broken(EurekaMode value) {
    return value.ownPort().isPresent()
        ? ValueTypes.PORT.broken(value.ownPort().getAsInt())
        : Optional.empty();
  }

  @Override
  public String text(EurekaMode value) {
    return value instanceof EurekaMode.AlsoAt also
        ? "{port: " + also.port() + "}"
        : value instanceof EurekaMode.Off ? FALSE : TRUE;
  }

  @Override
  public String allowed() {
    return "true, false, or {port: N}";
  }
}
