package io.hera.config.source;

import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.config.source.RawValue.Section;
import io.hera.tls.TlsSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The type of the setting {@code tls}: a directory, a mapping of single files, or {@code off}. */
final class TlsType implements ValueType<TlsSetting> {
  private static final String OFF = "off";
  private static final List<String> FILES = List.of("certificate", "key", "ca", "crl");

  @Override
  public Optional<TlsSetting> read(String key, RawValue raw, List<Fault> faults) {
    if (raw instanceof Section section) {
      return files(key, section, faults);
    }
    if (raw instanceof Scalar scalar && scalar.text().equals(OFF)) {
      return Optional.of(new TlsSetting.Off());
    }
    if (raw instanceof Scalar scalar
        && scalar.kind() == Kind.TEXT
        && !scalar.text().isEmpty()) {
      return Optional.of(new TlsSetting.On(TlsSource.directory(scalar.text())));
    }
    if (!(raw instanceof Refused)) {
      String rule = "is neither a directory, nor a mapping with certificate and key, nor off";
      faults.add(raw.place().fault(key, raw.shown(), rule));
    }
    return Optional.empty();
  }

  private static Optional<TlsSetting> files(String key, Section section, List<Fault> faults) {
    int before = faults.size();
    Map<String, RawValue> values = Sections.flat(section, key + ".", FILES, faults);
    values.forEach((name, value) -> {
      if (!(value instanceof Scalar scalar && scalar.kind() == Kind.TEXT)) {
        faults.add(
            value.place().fault(key + "." + name, value.shown(), "is not the path of a file"));
      }
    });
    for (String required : FILES.subList(0, 2)) {
      if (!values.containsKey(required)) {
        faults.add(section.place().fault(key, "", "has no " + required));
      }
    }
    if (faults.size() > before) {
      return Optional.empty();
    }
    Optional<String> ca = Optional.ofNullable(values.get("ca")).map(RawValue::shown);
    Optional<String> crl = Optional.ofNullable(values.get("crl")).map(RawValue::shown);
    return Optional.of(new TlsSetting.On(TlsSource.files(
        values.getOrDefault("certificate", section).shown(),
        values.getOrDefault("key", section).shown(),
        ca,
        crl)));
  }

  @Override
  public Optional<String> broken(TlsSetting value) {
    return Optional.empty();
  }

  @Override
  public String text(TlsSetting value) {
    return value
        .source()
        .map(TlsSource::toString)
        .orElse(value instanceof TlsSetting.Off ? OFF : "none");
  }

  @Override
  public String allowed() {
    return "a directory with tls.crt, tls.key and perhaps ca.crt and ca.crl; or a mapping with"
        + " certificate and key and perhaps ca and crl, the paths of files; or off";
  }
}
