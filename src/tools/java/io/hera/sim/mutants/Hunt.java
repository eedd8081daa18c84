package io.hera.sim.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs seeds of the simulation and tests with the classes of a {@link MutantLoader}. A run that
 * does not end in time counts as failed. Its thread is interrupted, and so is one that has failed:
 * nothing waits for its other tests.
 */
final class Hunt {
  private static final String SIMULATION = "io.hera.sim.Simulation";

  private final ClassLoader loader;
  private final Duration deadline;
  private final boolean inParallel;

  /**
   * Creates a hunt with the classes of the build, some of them replaced by {@code mutated}.
   *
   * @param deadline for one seed, and for one test class
   */
  Hunt(Map<String, byte[]> mutated, Duration deadline) {
    this.loader = new MutantLoader(mutated);
    this.deadline = deadline;
    // Nothing is to fail then. An interrupt at the first failure would not reach other threads.
    this.inParallel = mutated.isEmpty();
  }

  /** Returns the violation in the simulation of {@code seed}, if there is one. */
  Optional<String> seed(long seed) {
    return within(deadline, () -> {
      Method run = loader.loadClass(SIMULATION).getDeclaredMethod("violation", long.class);
      run.setAccessible(true);
      return Optional.ofNullable((String) run.invoke(null, seed));
    });
  }

  /** Returns the violation in the simulation of {@code seed} with troubles of one kind, if there is one. */
  Optional<String> seed(long seed, String trouble) {
    return within(deadline, () -> {
      Method run =
          loader.loadClass(SIMULATION).getDeclaredMethod("violation", long.class, String.class);
      run.setAccessible(true);
      return Optional.ofNullable((String) run.invoke(null, seed, trouble));
    });
  }

  /** Returns what fails first of the test, if anything does. */
  Optional<String> test(TestName test) {
    CompletableFuture<Optional<String>> failed = new CompletableFuture<>();
    return within(deadline, failed, () -> runTests(selected(test), failed));
  }

  private List<DiscoverySelector> selected(TestName test) throws ClassNotFoundException {
    Class<?> tests = loader.loadClass(test.className());
    return test.method().isEmpty()
        ? List.of(selectClass(tests))
        : Arrays.stream(tests.getDeclaredMethods())
            .filter(method -> method.getName().equals(test.method()))
            .map(method -> (DiscoverySelector) selectMethod(tests, method))
            .toList();
  }

  static Optional<String> within(Duration deadline, Callable<Optional<String>> work) {
    return within(deadline, new CompletableFuture<>(), work);
  }

  /** Returns the result, or {@code first} if that is there earlier; then the work is interrupted. */
  private static Optional<String> within(
      Duration deadline,
      CompletableFuture<Optional<String>> first,
      Callable<Optional<String>> work) {
    Thread thread = new Thread(() -> complete(first, work), "hunt");
    thread.setDaemon(true);
    thread.start();
    try {
      return first.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of("does not end");
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.interrupt();
    }
  }

  private static <T> void complete(CompletableFuture<T> first, Callable<T> work) {
    try {
      first.complete(work.call());
    } catch (Throwable failure) {
      first.completeExceptionally(failure);
    }
  }

  private Optional<String> runTests(
      List<DiscoverySelector> tests, CompletableFuture<Optional<String>> failed) {
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
        .selectors(tests)
        .configurationParameter(
            "junit.jupiter.execution.parallel.enabled", Boolean.toString(inParallel))
        .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    launcher().execute(request, listener, new FirstFailure(failed));
    if (listener.getSummary().getTestsStartedCount() == 0) {
      throw new IllegalStateException("no tests: " + tests);
    }
    return Optional.empty();
  }

  /** Completes with the name of the first test that fails: the tests behind it may all wait for a deadline. */
  private record FirstFailure(CompletableFuture<Optional<String>> failed)
      implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        failed.complete(Optional.of(test.getDisplayName()));
      }
    }
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
