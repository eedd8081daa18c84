package io.hera.config;

import io.hera.config.source.Fault;
import java.util.List;

/** The configuration is invalid: has every fault that was found, at least one. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** Has {@code faults} in the order of the sources and their lines. */
  public ConfigException(List<Fault> faults) {
    super(String.join("\n", faults.stream().map(Fault::toString).toList()), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /** Returns every fault. */
  public List<Fault> faults() {
    return faults;
  }
}
