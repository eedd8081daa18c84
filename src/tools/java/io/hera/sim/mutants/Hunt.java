package io.hera.sim.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.reflect.Method;
import java.time.Duration;
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
 * Runs seeds of the simulation and tests with the classes of a {@link MutantLoader}. A run that
 * does not end in time counts as failed: its thread is left alone and ends with the JVM.
 */
final class Hunt {
  private static final String SIMULATION = "io.hera.sim.Simulation";

  private final ClassLoader loader;
  private final Duration deadline;

  /**
   * Creates a hunt with the classes of the build, some of them replaced by {@code mutated}.
   *
   * @param deadline for one seed, and for one test class
   */
  Hunt(Map<String, byte[]> mutated, Duration deadline) {
    this.loader = new MutantLoader(mutated);
    this.deadline = deadline;
  }

  /** Returns the violation in the simulation of {@code seed}, if there is one. */
  Optional<String> seed(long seed) {
    return within(deadline, () -> {
      Method run = loader.loadClass(SIMULATION).getDeclaredMethod("violation", long.class);
      run.setAccessible(true);
      return Optional.ofNullable((String) run.invoke(null, seed));
    });
  }

  /** Returns the first test of the class that fails, if one does. */
  Optional<String> test(String className) {
    return within(deadline, () -> firstFailure(loader.loadClass(className)));
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

  /** Creates a launcher without the listeners of a build that this may run in. */
  private static Launcher launcher() {
    return LauncherFactory.create(LauncherConfig.builder()
        .enableTestExecutionListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false)
        .enableLauncherDiscoveryListenerAutoRegistration(false)
        .enablePostDiscoveryFilterAutoRegistration(false)
        .build());
  }
}
