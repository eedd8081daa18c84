package io.hera.registry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The counts and the content sum over all services of the view. It keeps those of each service in step.
 * Owned by {@link View}.
 *
 * <p>Instances and services are counted twice: as registered, which the limits bound, and as shown,
 * without those that drains hide (P18).
 */
final class ViewCounts {
  private int registered;
  private int registeredServices;
  private int drained;
  private int shownServices;
  private ContentVersion content = ContentVersion.NONE;

  int registered() {
    return registered;
  }

  int registeredServices() {
    return registeredServices;
  }

  int drained() {
    return drained;
  }

  int shown() {
    return registered - drained;
  }

  int shownServices() {
    return shownServices;
  }

  ContentVersion content() {
    return content;
  }

  /** Counts a registration that wins, {@code difference} = 1, or no longer does, −1. */
  void count(Service service, int difference) {
    if (difference != 0) {
      boolean had = service.registeredCount() > 0;
      boolean showed = service.instanceCount() > 0;
      service.count(difference);
      registered += difference;
      registeredServices += (service.registeredCount() > 0 ? 1 : 0) - (had ? 1 : 0);
      shownServices += (service.instanceCount() > 0 ? 1 : 0) - (showed ? 1 : 0);
    }
  }

  /** Counts an instance that a drain hides now, {@code difference} = 1, or no longer, −1. */
  void countDrained(Service service, int difference) {
    boolean showed = service.instanceCount() > 0;
    service.countDrained(difference);
    drained += difference;
    shownServices += (service.instanceCount() > 0 ? 1 : 0) - (showed ? 1 : 0);
  }

  /** Replaces the share of an instance in the content sums. */
  void exchange(Service service, @Nullable ContentVersion less, @Nullable ContentVersion more) {
    if (!Objects.equals(less, more)) {
      service.content(exchanged(service.content(), less, more));
      content = exchanged(content, less, more);
    }
  }

  private static ContentVersion exchanged(
      ContentVersion sum, @Nullable ContentVersion less, @Nullable ContentVersion more) {
    ContentVersion rest = less == null ? sum : sum.minus(less);
    return more == null ? rest : rest.plus(more);
  }
}
