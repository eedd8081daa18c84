package io.hera.http;

import io.hera.access.AuditExtent;
import io.hera.access.Token;
import io.hera.wire.Percent;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of refused requests, {@code hera.audit}, and whether it has lines for {@link AuditedChanges} too. One per node; any thread may
 * use it.
 *
 * <p>Of the refusals for one reason of one sender from one address, the first is logged at once, and the number of the others a minute
 * later: a client with a wrong token repeats itself, and must not fill the log. The number of senders with lines of their own is bounded;
 * all others share one line.
 */
public final class AuditLog {
  /** The name of the logger. */
  static final String NAME = "hera.audit";

  private static final Logger log = LoggerFactory.getLogger(NAME);
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int SENDERS_MAX = 1_000;
  private static final int SHOWN_MAX = 120;
  private static final Source OTHER = new Source("other", "", "", "");

  private final LongSupplier monotonicNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Source, Refusals> refusals = new HashMap<>();
  private volatile AuditExtent extent = AuditExtent.REFUSALS;

  /** A log without entries, of refusals only. */
  public AuditLog(LongSupplier monotonicNanos) {
    this.monotonicNanos = monotonicNanos;
  }

  /** Has the log have lines for these requests from now on. */
  public void set(AuditExtent changed) {
    extent = changed;
  }

  /** Returns which requests the log has lines for. */
  public AuditExtent extent() {
    return extent;
  }

  /** Returns whether requests that change something have to note it. */
  public boolean hasChanges() {
    return extent == AuditExtent.CHANGES;
  }

  /**
   * Where refused requests come from.
   *
   * @param reason a word
   * @param identity name of the sender; empty if it is not known
   * @param token the beginning of its token's hash; empty without a token
   */
  record Source(String reason, String identity, String token, String address) {}

  /**
   * One refused request.
   *
   * @param tls the version of TLS that it came over; {@code none} without TLS
   * @param path without the id of an instance, and without secrets
   */
  record Refusal(Source source, int status, String tls, String method, String path) {
    private String line() {
      return "refused status=" + status + " reason=" + source.reason
          + field(" identity=", source.identity) + field(" token=", source.token)
          + field(" address=", source.address) + " tls=" + tls + " method=" + method + " path="
          + path;
    }

    private static String field(String name, String value) {
      return value.isEmpty() ? "" : name + value;
    }
  }

  /** Refusals of one source, of which the first was logged. */
  private static final class Refusals {
    private final long loggedNanos;
    private Refusal last;
    private long more;

    Refusals(Refusal first, long loggedNanos) {
      this.last = first;
      this.loggedNanos = loggedNanos;
    }
  }

  /** Returns the path of a target without the id of an instance, in printable characters. */
  static String path(Target target) {
    if (target instanceof Target.AllServices) {
      return "/";
    } else if (target instanceof Target.OneService one) {
      return printable("/" + Percent.encode(one.service().name()));
    } else if (target instanceof Target.OneInstance one) {
      return printable("/" + Percent.encode(one.key().service())) + "/...";
    } else if (target instanceof Target.Operation operation) {
      return printable(operation.path());
    } else if (target instanceof Target.Eureka eureka) {
      return printable("/_eureka" + eureka.path().replaceFirst("(/apps/[^/]*)/.+", "$1/..."));
    } else if (target instanceof Target.Page page) {
      return printable("/_ui" + page.path());
    }
    return "?";
  }

  /** Returns a text without tokens and in printable ASCII. */
  static String escaped(String text) {
    return Token.hideIn(text).replaceAll("[^!-~]", "?");
  }

  /** Returns the beginning of a text, without tokens and in printable ASCII. */
  static String printable(String text) {
    String hidden = escaped(text);
    return hidden.length() > SHOWN_MAX ? hidden.substring(0, SHOWN_MAX) + "..." : hidden;
  }

  /** Logs a refusal, now or later as one of many. */
  void refused(Refusal refusal) {
    lock.lock();
    try {
      boolean known = refusals.containsKey(refusal.source) || refusals.size() < SENDERS_MAX;
      Source source = known ? refusal.source : OTHER;
      Refusals before = refusals.get(source);
      if (before == null) {
        refusals.put(source, new Refusals(refusal, monotonicNanos.getAsLong()));
        log.warn("{}", refusal.line());
      } else {
        before.last = refusal;
        before.more++;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Logs the numbers of refusals that are a minute old. To be called every few seconds. */
  public void sweep() {
    lock.lock();
    try {
      long now = monotonicNanos.getAsLong();
      Iterator<Refusals> all = refusals.values().iterator();
      while (all.hasNext()) {
        Refusals some = all.next();
        if (now - some.loggedNanos >= MINUTE_NANOS) {
          if (some.more > 0) {
            log.warn("{} count={}", some.last.line(), some.more);
          }
          all.remove();
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
