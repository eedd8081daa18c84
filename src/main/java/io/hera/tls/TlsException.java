package io.hera.tls;

import java.util.List;
import java.util.stream.Collectors;

/** TLS material that cannot be used, with every fault found. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<TlsFault> faults;

  /** Creates an exception with at least one fault. */
  public TlsException(List<TlsFault> faults) {
    super(faults.stream().map(TlsFault::toString).collect(Collectors.joining("; ")));
    this.faults = List.copyOf(faults);
  }

  /** Returns all faults. */
  public List<TlsFault> faults() {
    return faults;
  }
}
