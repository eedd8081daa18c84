package io.hera;

import io.hera.assembly.NodeTls;
import io.hera.cli.Hera;
import io.hera.cli.Launch;
import io.hera.cli.shell.ProcessSignal;
import io.hera.config.ConfigException;
import io.hera.config.source.Fault;
import io.hera.loop.LoopTurns;
import io.hera.loop.MeasuredTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.transport.Transport;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplication;
import io.vertx.launcher.application.VertxApplicationHooks;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The process of a node: has Vert.x's launcher deploy {@link MainVerticle}, and ends the process. A signal stops the node in order, with
 * exit code 0; SIGHUP has it read its configuration again. A failure to start is one line per fault on stderr.
 */
final class NodeProcess extends VertxApplication implements VertxApplicationHooks {
  /** Workers besides one per processor: some may wait for a name server. */
  private static final int WORKERS_MORE = 2;

  private static final String DNS_CACHE = "networkaddress.cache.ttl";
  private static final String DNS_CACHE_OF_FAILURES = "networkaddress.cache.negative.ttl";
  private static final int FAILED = 1;
  private static final long START_MILLIS_MAX = 5_000;

  private final Launch launch;
  private final LoopTurns turns = new LoopTurns(System::nanoTime);
  private final CountDownLatch startEnded = new CountDownLatch(1);
  private volatile int exitCode;
  private volatile boolean stopping;

  private NodeProcess(Launch launch) {
    super(arguments(launch).toArray(String[]::new), null, false, false);
    this.launch = launch;
  }

  /** The launcher finds the Main-Verticle of a manifest only if it is the main class there. */
  private static List<String> arguments(Launch launch) {
    List<String> given = launch.arguments();
    if (!given.isEmpty() && !given.get(0).startsWith("-")) {
      return given;
    }
    List<String> all = new ArrayList<>();
    all.add(MainVerticle.class.getName());
    all.addAll(given);
    return all;
  }

  /** Starts a node; see {@link io.hera.cli.Launcher}. */
  static int start(Launch launch) {
    System.setProperty(NodeTls.NO_RENEGOTIATION, "true");
    followDns();
    return new NodeProcess(launch).run();
  }

  /** The JDK remembers addresses for 30 s, and failures for 10 s, in which the Pods of a cluster may all be replaced (P21). */
  private static void followDns() {
    if (Security.getProperty(DNS_CACHE) == null) {
      Security.setProperty(DNS_CACHE, "1");
      Security.setProperty(DNS_CACHE_OF_FAILURES, "1");
    }
  }

  @Override
  public JsonObject afterConfigParsed(@Nullable JsonObject conf) {
    if (conf == null && launch.hasConf()) {
      end(Hera.WRONG, List.of("hera: --conf is neither JSON nor the name of a file with JSON"));
    }
    return Optional.ofNullable(conf).orElseGet(JsonObject::new).mergeIn(launch.settings());
  }

  /**
   * Uses epoll where available, else NIO, with the turns of event loops measured, and no cache of the class path, from which nothing is served.
   *
   * <p>There is one event loop per two processors; Vert.x would have two per processor. Beyond reading and answering, a write
   * costs mostly the wake-up of the thread that owns the store; with few event loops that is often the thread on which the
   * write arrived. This leaves processors for compression, garbage collection, the compiler and the kernel's network.
   *
   * <p>Workers are few, because they compute: twenty of them would leave an event loop a tenth of a processor, and each holds a
   * large reply in memory.
   */
  @Override
  public VertxBuilder createVertxBuilder(VertxOptions options) {
    if (options.getEventLoopPoolSize() == VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE) {
      options.setEventLoopPoolSize(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }
    if (options.getWorkerPoolSize() == VertxOptions.DEFAULT_WORKER_POOL_SIZE) {
      options.setWorkerPoolSize(Runtime.getRuntime().availableProcessors() + WORKERS_MORE);
    }
    if (options.getEventBusOptions().getHost()
        == null) { // else the first address that is not loopback
      options.getEventBusOptions().setHost("127.0.0.1");
    }
    FileSystemOptions files =
        new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false);
    return Vertx.builder()
        .with(options.setFileSystemOptions(files))
        .withTransport(new MeasuredTransport(transport(), turns));
  }

  private static Transport transport() {
    return Transport.EPOLL != null && Transport.EPOLL.available() ? Transport.EPOLL : Transport.NIO;
  }

  @Override
  public void afterFailureToStartVertx(HookContext context, @Nullable Throwable failure) {
    end(FAILED, List.of("hera: cannot join the cluster of the event bus: " + failure));
  }

  @Override
  public void afterVertxStarted(HookContext context) {
    Runtime.getRuntime().addShutdownHook(new Thread(NodeProcess::giveUp, "hera-give-up"));
    turns.publish(context.vertx());
    DeliveryOptions local = new DeliveryOptions().setLocalOnly(true);
    ProcessSignal.HANGUP.handle(
        () -> context.vertx().eventBus().publish(MainVerticle.RELOAD, "", local));
    ProcessSignal.INTERRUPT.handle(this::exitWhenStarted);
    ProcessSignal.TERMINATE.handle(this::exitWhenStarted);
  }

  @Override
  public void afterVerticleDeployed(HookContext context) {
    turns.serving();
    startEnded.countDown();
  }

  @Override
  public void afterFailureToDeployVerticle(HookContext context, @Nullable Throwable failure) {
    startEnded.countDown();
    if (failure instanceof ConfigException wrong) {
      end(Hera.WRONG, wrong.faults().stream().map(Fault::toString).toList());
    }
    if (failure instanceof ClassNotFoundException unknown) {
      end(Hera.WRONG, List.of("hera: there is no verticle " + unknown.getMessage() + "; see -h"));
    }
    LoggerFactory.getLogger(NodeProcess.class).error("cannot start", failure);
    end(FAILED, List.of("hera: cannot start: " + failure));
  }

  @Override
  public void beforeStoppingVertx(HookContext context) {
    stopping = true;
  }

  /** Ends the process: the launcher's shutdown hook has closed Vert.x, and the JVM would exit with the signal's code 143. */
  @Override
  public void afterVertxStopped(HookContext context) {
    Runtime.getRuntime().halt(exitCode);
  }

  @Override
  public void afterFailureToStopVertx(HookContext context, @Nullable Throwable failure) {
    System.err.println("hera: not stopped in order: " + failure);
    Runtime.getRuntime().halt(FAILED);
  }

  private int run() {
    LogSetup.unknownLevel().ifPresent(rule -> {
      throw new IllegalArgumentException(rule);
    });
    if (launch.clustered() && !hasClusterManager()) {
      throw new IllegalArgumentException(
          "--cluster needs hera-clustered.jar, which  mvn -Pclustered package  builds");
    }
    return launch();
  }

  private static boolean hasClusterManager() {
    return ServiceLoader.load(VertxServiceProvider.class).stream()
        .anyMatch(provider -> ClusterManager.class.isAssignableFrom(provider.type()));
  }

  /** Exits, with the lines on stderr. If a signal has begun a shutdown, exit waits for it, and its code counts. */
  private void end(int code, List<String> lines) {
    if (!stopping) {
      exitCode = code;
      lines.forEach(System.err::println);
    }
    System.exit(code);
  }

  /** Exits after a start under way, because Vert.x cannot close in order while a verticle is being deployed. */
  private void exitWhenStarted() {
    try {
      if (!startEnded.await(START_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
        System.err.println("hera: stopped before it had started");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.exit(exitCode);
  }

  private static void giveUp() {
    try {
      Thread.sleep(Main.STOP_MILLIS_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.println("hera: not stopped within " + Main.STOP_MILLIS_MAX + " ms");
    Runtime.getRuntime().halt(FAILED);
  }
}
