package io.hera.cli.keep;

import io.hera.cli.reach.Notes;
import io.hera.cli.reach.Reach;
import io.hera.cli.reach.ReachOptions;
import io.hera.cli.shell.Surroundings;
import io.hera.client.HeraSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The settings of the client that keeps an instance for a command: from the same sources as those of all commands. */
final class OwnerSettings {
  private static final String ADVERTISE = "HERA_ADVERTISE";

  private OwnerSettings() {}

  /**
   * Returns the settings. The client neither waits after it has deregistered, nor is closed by a shutdown hook: the command does both.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  static HeraSettings of(ReachOptions options, Surroundings around, Notes notes) {
    Reach reach = Reach.of(options, around.environment());
    HeraSettings settings =
        HeraSettings.of(reach.ranks()).withDrain(Duration.ZERO).withoutShutdownHook();
    settings = reach.zone().map(settings::withZone).orElse(settings);
    settings = reach.tls().map(settings::withTls).orElse(settings);
    settings = Optional.of(around.environment().getOrDefault(ADVERTISE, ""))
        .filter(how -> !how.isEmpty())
        .map(settings::withAdvertise)
        .orElse(settings);
    return token(reach, options, around, notes).map(settings::withToken).orElse(settings);
  }

  /** Reads the token again whenever a node refuses it: its file may have been replaced. */
  private static Optional<Supplier<String>> token(
      Reach reach, ReachOptions options, Surroundings around, Notes notes) {
    if (reach.token().isEmpty()) {
      return Optional.empty();
    }
    if (!reach.nodes().stream().allMatch(Reach::mayShowToken)) {
      notes.say("the token is not shown, since not all nodes are asked by TLS");
      return Optional.empty();
    }
    return Optional.of(() -> Reach.of(options, around.environment()).token().orElseThrow());
  }
}
