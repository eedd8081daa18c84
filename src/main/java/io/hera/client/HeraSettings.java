package io.hera.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** The settings of a client. Immutable: each {@code with} method returns a copy. */
public final class HeraSettings {
  /** Whether the end of the JVM closes the client. */
  enum ShutdownHook {
    INSTALLED,
    LEFT_OUT
  }

  private final NodeList nodes;
  private final Identity identity;
  private final Timing timing;
  private final ShutdownHook hook;

  private HeraSettings(NodeList nodes, Identity identity, Timing timing, ShutdownHook hook) {
    this.nodes = nodes;
    this.identity = identity;
    this.timing = timing;
    this.hook = hook;
  }

  /**
   * Returns settings for these nodes, with defaults for all else.
   *
   * @param nodes URLs of nodes, such as {@code http://a:8080,http://b:8080;http://far:8080}: those
   *     behind a semicolon are used only while none before it answers. Each address of a name is a
   *     node; with {@code http}, requests name the address as their host
   * @throws IllegalArgumentException if it is not a list of URLs; the message names value and rule
   */
  public static HeraSettings of(String nodes) {
    return new HeraSettings(
        NodeList.parse(nodes), Identity.NONE, Timing.DEFAULT, ShutdownHook.INSTALLED);
  }

  /**
   * Returns the settings of the environment: {@code HERA_NODES} ({@code http://127.0.0.1:8080} if it is
   * not set), {@code HERA_ZONE}, {@code HERA_TOKEN} or {@code HERA_TOKEN_FILE} (read again when a node
   * refuses the token), {@code HERA_CA} (a PEM file of the authorities to trust), {@code HERA_CERT} and
   * {@code HERA_KEY} (PEM files of a certificate to show to nodes, and of its key, in PKCS#8; they are
   * read once) and {@code HERA_ADVERTISE}.
   *
   * @throws IllegalArgumentException if a variable is not valid; the message names it
   */
  public static HeraSettings fromEnvironment() {
    return Environment.settings(System.getenv());
  }

  /**
   * Returns a copy with the zone of this process: its callers prefer instances of the same zone, and
   * its registrations get the member {@code zone} if their document has none.
   */
  public HeraSettings withZone(String zone) {
    return with(identity.withZone(zone));
  }

  /**
   * Returns a copy that sends a token with each request.
   *
   * @param token runs on the thread {@code hera-events}: before the first request, and each time a node
   *     refuses the token
   */
  public HeraSettings withToken(Supplier<String> token) {
    return with(identity.withToken(token));
  }

  /** Returns a copy that uses this context for {@code https}; otherwise the default of the JDK is used. */
  public HeraSettings withTls(SSLContext tls) {
    return with(identity.withTls(tls));
  }

  /**
   * Returns a copy that says how others reach this process: a host or an address, {@code
   * interface:eth1}, or {@code cidr:10.0.0.0/8}. By default, it is the address of the interface towards
   * the nodes.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public HeraSettings withAdvertise(String how) {
    AdvertisedAddress.of(how, LocalAddresses.SYSTEM);
    return with(identity.withAdvertise(how));
  }

  /**
   * Returns a copy in which {@link ServiceView#first}, {@link HeraClient#lookup} and {@link
   * HeraClient#services} wait so long for an answer; 5 s by default.
   *
   * @throws IllegalArgumentException if it is not positive, or longer than 1 h
   */
  public HeraSettings withPatience(Duration patience) {
    return with(timing.withPatience(patience));
  }

  /**
   * Returns a copy in which {@code close} takes at most so long; 3 s by default.
   *
   * @throws IllegalArgumentException if it is not in 0..1 h
   */
  public HeraSettings withFarewell(Duration farewell) {
    return with(timing.withFarewell(farewell));
  }

  /**
   * Returns a copy in which {@code close} waits so long after an instance was deregistered, so that
   * its callers have heard of it; 2 s by default, zero for no wait.
   *
   * @throws IllegalArgumentException if it is not in 0..1 h
   */
  public HeraSettings withDrain(Duration drain) {
    return with(timing.withDrain(drain));
  }

  /**
   * Returns a copy in which an instance that is missing in a doubtful answer stays in views for so
   * long; 60 s by default. Zero: each answer is believed.
   *
   * @throws IllegalArgumentException if it is not in 0..1 h
   */
  public HeraSettings withGrace(Duration grace) {
    return with(timing.withGrace(grace));
  }

  /**
   * Returns a copy in which watches that lost their node ask the next one within this time, each at a
   * random moment; 2 s by default.
   *
   * @throws IllegalArgumentException if it is not in 0..1 h
   */
  public HeraSettings withSpread(Duration spread) {
    return with(timing.withSpread(spread));
  }

  /**
   * Returns a copy whose client is not closed at the end of the JVM: for frameworks that close it in an
   * order of their own.
   */
  public HeraSettings withoutShutdownHook() {
    return new HeraSettings(nodes, identity, timing, ShutdownHook.LEFT_OUT);
  }

  NodeList nodes() {
    return nodes;
  }

  Identity identity() {
    return identity;
  }

  Timing timing() {
    return timing;
  }

  ShutdownHook hook() {
    return hook;
  }

  /** Returns the zone of this process. */
  public Optional<String> zone() {
    return identity.zone();
  }

  private HeraSettings with(Identity changed) {
    return new HeraSettings(nodes, changed, timing, hook);
  }

  private HeraSettings with(Timing changed) {
    return new HeraSettings(nodes, identity, changed, hook);
  }
}
