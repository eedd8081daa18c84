package io.hera.config;

import io.hera.config.source.Fault;
import io.hera.tls.MaterialCheck;
import io.hera.tls.MaterialCheck.Peers;
import io.hera.tls.TlsException;
import io.hera.tls.TlsMaterial;
import io.hera.tls.TlsSource;
import java.time.Instant;
import java.util.Optional;

/** Checks the TLS material that a configuration names, as a start does. */
public final class TlsCheck {
  private TlsCheck() {}

  /**
   * Returns the material of the node; empty without TLS. Blocks.
   *
   * @throws ConfigException with every fault of the files
   */
  public static Optional<MaterialCheck.Checked> run(Config config, Instant now) {
    Optional<TlsSource> source = config.tls().setting().source();
    if (source.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(MaterialCheck.check(
          source.get().read(),
          new MaterialCheck.Terms(config.reachedAt(), othersCall(config), now)));
    } catch (TlsException faulty) {
      throw faults(faulty);
    }
  }

  /** Returns whether peers of the same CA know the node by its certificate; not if its files are faulty. Blocks. */
  static boolean provesNode(Config config) {
    Optional<TlsSource> source = config.tls().setting().source();
    try {
      return source.isPresent() && TlsMaterial.read(source.get().read()).provesNode();
    } catch (TlsException faulty) {
      return false;
    }
  }

  /** Returns whether other nodes call this one. */
  public static Peers othersCall(Config config) {
    return config.hasPeers() ? Peers.SOME : Peers.NONE;
  }

  /** Returns the faults of TLS files as those of the configuration that names them. */
  public static ConfigException faults(TlsException faulty) {
    return new ConfigException(faulty.faults().stream()
        .map(fault -> new Fault(fault.file(), 0, "", "", fault.rule()))
        .toList());
  }
}
