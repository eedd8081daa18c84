package io.hera.tls.live;

import io.hera.tls.Expiry;
import io.hera.tls.MaterialCheck;
import io.hera.tls.MaterialCheck.Checked;
import io.hera.tls.MaterialCheck.Peers;
import io.hera.tls.MaterialCheck.Terms;
import io.hera.tls.SubjectNames;
import io.hera.tls.TlsException;
import io.hera.tls.TlsFault;
import io.hera.tls.TlsFiles;
import io.hera.tls.TlsMaterial;
import io.hera.tls.TlsSource;
import io.hera.tls.TlsVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS material in force. One per node with TLS; used by any thread.
 *
 * <p>Its files are read once a second. If their texts have changed and are the same in two scans, a worker checks them as at the
 * start. Good ones replace the material at once, everywhere; established connections stay. Faulty ones are refused as a whole:
 * the old material stays, however old. What a node serves is thus never half of a rotation.
 */
public final class LiveTls {
  private static final Logger log = LoggerFactory.getLogger(LiveTls.class);
  private static final long SCAN_MILLIS = 1_000;

  private final Vertx vertx;
  private final TlsSource source;
  private final TlsVersion minVersion;
  private final Clients clients;
  private final InstantSource wall;
  private final Scans scans;
  private final ExpiryAlarm alarm = new ExpiryAlarm();
  private final HandshakeFailures failures = new HandshakeFailures();
  private final List<Consumer<InForce>> followers = new CopyOnWriteArrayList<>();
  private volatile Reached reached;
  private volatile InForce inForce;
  private volatile Refusals refusals = new Refusals(0, List.of());
  private volatile boolean closed;

  private LiveTls(Vertx vertx, Settings settings, TlsMaterial material, InstantSource wall) {
    this.vertx = vertx;
    this.source = settings.source;
    this.minVersion = settings.minVersion;
    this.clients = settings.clients;
    this.wall = wall;
    this.reached = settings.reached;
    this.scans = new Scans(material.files());
    this.inForce = inForce(material);
  }

  /**
   * Where peers reach the node.
   *
   * @param host its host in the cluster
   * @param peers whether there are any
   */
  public record Reached(String host, Peers peers) {}

  /** How a node tells clients apart. */
  public enum Clients {
    /** Not by certificates. */
    ALIKE,
    /** By the certificates that they show, among other things. */
    BY_CERTIFICATE
  }

  /** Where the material is, and what it is for. */
  public record Settings(
      TlsSource source, TlsVersion minVersion, Clients clients, Reached reached) {}

  /**
   * Material with the options made of it.
   *
   * @param server the options of a server
   * @param client the options of a client of peers
   */
  public record InForce(TlsMaterial material, ServerSSLOptions server, ClientSSLOptions client) {}

  /**
   * Refused changes of the files.
   *
   * @param count since the start
   * @param faults of the last one; empty once the material has been replaced
   */
  public record Refusals(long count, List<TlsFault> faults) {}

  /**
   * Reads and checks the material; the future fails with {@link TlsException} if it cannot be served. Material that has expired
   * is served: other clients than peers may not care.
   */
  public static Future<LiveTls> start(Vertx vertx, Settings settings, InstantSource wall) {
    return vertx
        .executeBlocking(() -> check(settings.source.read(), settings.reached, wall.instant()))
        .map(checked -> {
          checked.warnings().forEach(log::warn);
          settings.source.warning().ifPresent(log::warn);
          LiveTls live = new LiveTls(vertx, settings, checked.material(), wall);
          live.warnOfExpiry();
          live.scanLater();
          return live;
        });
  }

  /** Returns the options of the engine that belong to those of a server or client. */
  public static JdkSSLEngineOptions engine() {
    return TlsOptions.engine();
  }

  /** Returns the material in force. */
  public InForce inForce() {
    return inForce;
  }

  /** Returns the hosts that the certificate in force is for. */
  public SubjectNames names() {
    return inForce.material().names();
  }

  /** Returns the oldest version of TLS that is accepted. */
  public TlsVersion minVersion() {
    return minVersion;
  }

  /** Returns the state of a certificate now. */
  public Expiry expiry(X509Certificate certificate) {
    return Expiry.of(certificate, wall.instant());
  }

  /** Returns the changes of the files that were refused. */
  public Refusals refusals() {
    return refusals;
  }

  /** Returns the handshakes that failed at the servers of the node. */
  public HandshakeFailures failures() {
    return failures;
  }

  /**
   * Has {@code follower} called with the material in force, now and whenever it is replaced.
   *
   * @return ends that
   */
  public Runnable follow(Consumer<InForce> follower) {
    followers.add(follower);
    follower.accept(inForce);
    return () -> followers.remove(follower);
  }

  /** Changes where peers reach the node, for the next check. */
  public void configure(Reached changed) {
    reached = changed;
  }

  /** Reads no files any more. */
  public void close() {
    closed = true;
    followers.clear();
  }

  private void scanLater() {
    vertx.setTimer(SCAN_MILLIS, due -> {
      if (!closed) {
        scan().onComplete(scanned -> scanLater());
      }
    });
  }

  private Future<Void> scan() {
    warnOfExpiry();
    return vertx
        .executeBlocking(() -> Scans.Reading.of(source))
        .compose(
            reading -> scans.scanned(reading).map(this::changed).orElseGet(Future::succeededFuture))
        .onFailure(defect -> log.error("defect in the reload of TLS material", defect))
        .otherwiseEmpty();
  }

  private Future<Void> changed(Scans.Reading reading) {
    return reading
        .files()
        .map(this::tryOut)
        .orElseGet(() -> Future.failedFuture(new TlsException(reading.faults())))
        .onSuccess(this::replace)
        .<Void>mapEmpty()
        .recover(failure -> failure instanceof TlsException refused
            ? refuse(refused.faults())
            : Future.failedFuture(failure));
  }

  private Future<TlsMaterial> tryOut(TlsFiles files) {
    return vertx.executeBlocking(() -> {
      Checked checked = check(files, reached, wall.instant());
      if (checked.material().isExpired(wall.instant())) {
        throw new TlsException(List.of(new TlsFault(files.certificate().path(), "has expired")));
      }
      checked.warnings().forEach(log::warn);
      return checked.material();
    });
  }

  private static Checked check(TlsFiles files, Reached reached, Instant now) throws TlsException {
    return MaterialCheck.check(files, new Terms(reached.host, reached.peers, now));
  }

  private void replace(TlsMaterial material) {
    InForce next = inForce(material);
    inForce = next;
    refusals = new Refusals(refusals.count, List.of());
    followers.forEach(follower -> follower.accept(next));
    log.info(
        "TLS material changed names={} until={}",
        material.names(),
        material.own().getNotAfter().toInstant());
  }

  private Future<Void> refuse(List<TlsFault> faults) {
    refusals = new Refusals(refusals.count + 1, faults);
    log.error("TLS material refused, the old one stays: {}", new TlsException(faults).getMessage());
    return Future.succeededFuture();
  }

  private InForce inForce(TlsMaterial material) {
    return new InForce(
        material,
        TlsOptions.server(material, minVersion, clients),
        TlsOptions.client(material, minVersion));
  }

  private void warnOfExpiry() {
    TlsMaterial material = inForce.material();
    alarm.check("own", material.own(), wall.instant());
    Optional.of(material)
        .flatMap(TlsMaterial::ca)
        .ifPresent(ca -> alarm.check("ca", ca, wall.instant()));
  }
}
