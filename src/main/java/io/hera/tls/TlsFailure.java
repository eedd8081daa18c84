package io.hera.tls;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/**
 * Why a handshake has failed. The JDK, Netty and Vert.x have no codes for it, only classes and texts of exceptions.
 */
@SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
public enum TlsFailure {
  /** The other side does not speak TLS. */
  CLEAR(
      "does not speak TLS",
      words("not an ssl/tls record", "unrecognized ssl message", "plaintext connection")),
  /** The certificate is revoked. */
  REVOKED(
      "shows a revoked certificate",
      cause(CertificateRevokedException.class)
          .or(words("certificate revoked", "certificate has been revoked"))),
  /** The certificate is not valid at this time. */
  EXPIRED(
      "shows a certificate that is not valid at this time",
      cause(CertificateExpiredException.class)
          .or(cause(CertificateNotYetValidException.class))
          .or(words("notafter:", "notbefore:", "certificate_expired"))),
  /** The certificate is for another host. */
  NAME(
      "shows a certificate for another host",
      words("no name matching", "no subject alternative", "hostname or ip address is undefined")),
  /** The certificate is for another purpose. */
  USAGE("shows a certificate for another purpose", words("key usage")),
  /** No trusted CA has issued the certificate. */
  UNTRUSTED(
      "shows a certificate of an unknown CA",
      cause(CertPathBuilderException.class)
          .or(words("path validation failed", "path building failed", "trust anchor"))),
  /** The sides have no version of TLS in common, or no cipher suite. */
  VERSION(
      "has no version of TLS or cipher suite in common with this side",
      words(
          "protocol_version",
          "not enabled or supported",
          "are not accepted by server",
          "no cipher suites in common",
          "no available cipher suite",
          "handshake_failure",
          "insufficient_security",
          "no appropriate protocol")),
  /** The sides have no application protocol in common. */
  PROTOCOL(
      "speaks no HTTP/1.1 over TLS",
      words(
          "no_application_protocol", "alpn", "application protocol", "application layer protocol")),
  /** The other side has refused, and says no more than that. */
  REFUSED(
      "refuses the handshake",
      words("received fatal alert", "received close_notify during handshake")),
  /** The handshake took too long. */
  TIMEOUT("does not complete the handshake in time", words("handshake timed out")),
  /** The connection was closed during the handshake. */
  CLOSED(
      "closes the connection during the handshake",
      words("closed", "reset", "broken pipe")
          .or(failure -> failure instanceof ClosedChannelException)),
  /** Another failure of TLS. */
  OTHER("fails in the handshake", failure -> failure instanceof SSLException);

  private static final int CAUSES_MAX = 10;

  private final String predicate;

  @SuppressWarnings("ImmutableEnumChecker") // each is made here and has no state
  private final Predicate<Throwable> test;

  TlsFailure(String predicate, Predicate<Throwable> test) {
    this.predicate = predicate;
    this.test = test;
  }

  /** Returns why a handshake failed with this exception. */
  public static TlsFailure of(Throwable failure) {
    List<Throwable> causes = causes(failure);
    for (TlsFailure kind : values()) {
      if (causes.stream().anyMatch(kind.test)) {
        return kind;
      }
    }
    return OTHER;
  }

  /** Returns whether an exception is that of a handshake, and not of the network below. */
  public static boolean isOne(Throwable failure) {
    return causes(failure).stream().anyMatch(SSLException.class::isInstance);
  }

  /** Returns the predicate of a sentence about the other side. */
  public String predicate() {
    return predicate;
  }

  /** Returns the name for metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Predicate<Throwable> words(String... words) {
    List<String> all = List.of(words);
    return failure -> {
      boolean speaks =
          failure instanceof IOException || failure instanceof GeneralSecurityException;
      String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
      return speaks && all.stream().anyMatch(text::contains);
    };
  }

  private static Predicate<Throwable> cause(Class<? extends Throwable> type) {
    return type::isInstance;
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    Throwable next = failure;
    while (next != null && causes.size() < CAUSES_MAX) {
      causes.add(next);
      next = next.getCause();
    }
    return causes;
  }
}
