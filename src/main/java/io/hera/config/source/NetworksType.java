package io.hera.config.source;

import io.hera.config.source.RawValue.Items;
import io.hera.config.source.RawValue.Kind;
import io.hera.config.source.RawValue.Refused;
import io.hera.config.source.RawValue.Scalar;
import io.hera.wire.Network;
import io.hera.wire.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The type of a setting that names networks: one of two words, or a list. */
final class NetworksType implements ValueType<Networks> {
  @Override
  public Optional<Networks> read(String key, RawValue raw, List<Fault> faults) {
    if (raw instanceof Items items) {
      return list(key, items, faults);
    }
    if (raw instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      if (scalar.text().equals(Networks.PRIVATE.text())) {
        return Optional.of(Networks.PRIVATE);
      } else if (scalar.text().equals(Networks.ANY.text())) {
        return Optional.of(Networks.ANY);
      }
    }
    if (!(raw instanceof Refused)) {
      faults.add(raw.place()
          .fault(key, raw.shown(), "is neither private, nor any, nor a list: write [10.0.0.0/8]"));
    }
    return Optional.empty();
  }

  private static Optional<Networks> list(String key, Items items, List<Fault> faults) {
    List<Network> networks = new ArrayList<>();
    for (RawValue item : items.items()) {
      Network.parse(item.shown())
          .ifPresentOrElse(
              networks::add,
              () -> faults.add(item.place()
                  .fault(key, item.shown(), "is not a network: write 10.0.0.0/8 or fd00::/8")));
    }
    return networks.size() == items.items().size()
        ? Optional.of(Networks.of(networks))
        : Optional.empty();
  }

  @Override
  public Optional<String> broken(Networks value) {
    return Optional.empty();
  }

  @Override
  public String text(Networks value) {
    return value.text();
  }

  @Override
  public String allowed() {
    return "private, any, or a list of networks";
  }
}
