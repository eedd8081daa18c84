package io.hera.cli.keep;

import io.hera.client.HealthCheck;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** A check that says when it begins to fail, and when it succeeds again. Used by one thread. */
final class FollowedCheck implements HealthCheck {
  /** Failed checks in a row, from which on the library says {@code down}. */
  private static final int DOWN = 2;

  /** Failed checks after which it is said that the instance has not come up yet. */
  private static final int LATE = 20;

  private final ServingCheck check;
  private final Consumer<String> says;
  private boolean wasWell;
  private int failures;

  /** Says predicates of sentences about the instance. */
  FollowedCheck(ServingCheck check, Consumer<String> says) {
    this.check = check;
    this.says = says;
  }

  @Override
  public boolean healthy() {
    Optional<String> flaw = flaw();
    if (flaw.isPresent()) {
      failed(flaw.get());
    } else {
      succeeded();
    }
    return flaw.isEmpty();
  }

  private void failed(String why) {
    failures++;
    if (wasWell && failures == DOWN) {
      says.accept("is down: " + why);
    } else if (!wasWell && failures == LATE) {
      says.accept("is not registered yet: " + why);
    }
  }

  private void succeeded() {
    if (wasWell && failures >= DOWN) {
      says.accept("is up again");
    }
    wasWell = true;
    failures = 0;
  }

  private Optional<String> flaw() {
    try {
      check.run();
      return Optional.empty();
    } catch (IOException failure) {
      String why = failure.getMessage();
      return Optional.of(why == null ? failure.getClass().getSimpleName() : why);
    }
  }
}
