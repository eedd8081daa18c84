package io.hera.config;

import static io.hera.config.Setting.Effect.RESTART;

import io.hera.config.Setting.Fixed;
import io.hera.config.source.EurekaType;
import io.hera.wire.EurekaMode;
import java.util.List;
import java.util.Optional;

/** The row for {@code eureka} in the table of settings; see {@link Settings}. */
public final class EurekaSettings {
  public static final Setting<EurekaMode> EUREKA = new Setting<>(
      "eureka",
      new EurekaType(),
      new Fixed<>(new EurekaMode.On()),
      RESTART,
      Config::eureka,
      "Whether clients of Eureka are served, at /_eureka/ and, where that names no instance, at"
          + " /eureka/. With {port: 8761}, they are also served at this port, where there is nothing"
          + " else: clients with standard settings find it.",
      "");

  static final List<Setting<?>> ROWS = List.of(EUREKA);

  private EurekaSettings() {}

  /** Returns the rule that it breaks, if these are the ports that the node listens at. */
  static Optional<String> fault(EurekaMode eureka, List<Integer> taken) {
    return eureka.ownPort().stream().anyMatch(port -> port != 0 && taken.contains(port))
        ? Optional.of("is a port at which the node listens already")
        : Optional.empty();
  }
}
