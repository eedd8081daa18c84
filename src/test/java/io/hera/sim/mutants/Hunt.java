package io.hera.sim.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs what may notice that a rule is switched off, in the world of a {@link MutantLoader}. What does not end in time has
 * noticed too: its thread is left alone and ends with the JVM.
 */
final class Hunt {
  private static final String RANDOM_RUNS = "io.hera.registry.RandomExchangesTest";
  private static final List<String> RUNS = List.of(
      "theInvariantsHoldAtEveryStep", "fromAnyStateAllNodesComeToShowExactlyTheLivingClients");

  private final ClassLoader world;
  private final Duration deadline;

  /**
   * A hunt among the classes of the build, with {@code mutated} in the place of some.
   *
   * @param deadline for one seed, and for one test class
   */
  Hunt(Map<String, byte[]> mutated, Duration deadline) {
    this.world = new MutantLoader(mutated);
    this.deadline = deadline;
  }

  /** What goes wrong in the random runs of {@code seed}, if anything does. */
  Optional<String> seed(long seed) {
    return within(deadline, () -> {
      Object runs = constructed(world.loadClass(RANDOM_RUNS));
      for (String name : RUNS) {
        Method run = runs.getClass().getDeclaredMethod(name, long.class);
        run.setAccessible(true);
        try {
          run.invoke(runs, seed);
        } catch (InvocationTargetException e) {
          return Optional.of(String.valueOf(e.getCause()));
        }
      }
      return Optional.empty();
    });
  }

  /** Which test of the class fails, if one does. */
  Optional<String> test(String className) {
    return within(deadline, () -> firstFailure(world.loadClass(className)));
  }

  static Optional<String> within(Duration deadline, Callable<Optional<String>> work) {
    FutureTask<Optional<String>> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "hunt");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return Optional.of("does not end");
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object constructed(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Optional<String> firstFailure(Class<?> test) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    launcher().execute(request, listener);
    var summary = listener.getSummary();
    if (summary.getTestsStartedCount() == 0) {
      throw new IllegalStateException("no tests in " + test.getName());
    }
    return summary.getFailures().stream()
        .map(failure -> failure.getTestIdentifier().getDisplayName())
        .findFirst();
  }

  /** Only the engine: no listeners of the build that this may be a part of. */
  private static Launcher launcher() {
    return LauncherFactory.create(LauncherConfig.builder()
        .enableTestExecutionListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false)
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .build());
  }
}
