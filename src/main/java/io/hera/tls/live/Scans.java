package io.hera.tls.live;

import io.hera.tls.TlsException;
import io.hera.tls.TlsFault;
import io.hera.tls.TlsFiles;
import io.hera.tls.TlsSource;
import java.util.List;
import java.util.Optional;

/**
 * Decides when changed files count: after two equal scans, since a copy or a tool may still be writing. Plain single-threaded
 * Java, owned by {@link LiveTls}.
 */
final class Scans {
  private Reading handled;
  private Optional<Reading> candidate = Optional.empty();

  /** Scans after {@code files} have been taken. */
  Scans(TlsFiles files) {
    this.handled = new Reading(Optional.of(files), List.of());
  }

  /**
   * What a scan has found.
   *
   * @param files empty if there are faults
   */
  record Reading(Optional<TlsFiles> files, List<TlsFault> faults) {
    /** Reads files; blocks. */
    static Reading of(TlsSource source) {
      try {
        return new Reading(Optional.of(source.read()), List.of());
      } catch (TlsException faulty) {
        return new Reading(Optional.empty(), faulty.faults());
      }
    }
  }

  /** Returns the reading if it is the second one of a change, which has to be handled now. */
  Optional<Reading> scanned(Reading reading) {
    boolean settled = candidate.filter(reading::equals).isPresent();
    candidate = settled || reading.equals(handled) ? Optional.empty() : Optional.of(reading);
    if (settled) {
      handled = reading;
    }
    return settled ? Optional.of(reading) : Optional.empty();
  }
}
