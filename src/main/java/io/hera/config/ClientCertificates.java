package io.hera.config;

import io.hera.access.CertificateName;
import io.hera.config.source.TlsSetting;
import io.hera.tls.TlsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * By which certificates a node can know its clients.
 *
 * @param ca whether it has a CA of its own: by any other, a stranger could get a certificate with any name
 * @param members the hosts of the cluster: certificates with these names are those of its nodes
 */
record ClientCertificates(Authority ca, Set<CertificateName> members) {
  /** Whether there is a CA. */
  enum Authority {
    OWN,
    MISSING
  }

  ClientCertificates {
    members = Set.copyOf(members);
  }

  /** Returns those of a node with this configuration; blocks. */
  static ClientCertificates of(Config config) {
    return new ClientCertificates(
        authority(config.tls().setting()), config.nodesByCertificate().keySet());
  }

  private static Authority authority(TlsSetting tls) {
    Optional<String> ca = tls.source().flatMap(TlsSource::ca);
    return ca.map(Path::of).filter(Files::exists).isPresent() ? Authority.OWN : Authority.MISSING;
  }

  /** Returns whether a name is that of a node, whatever its kind. */
  boolean isMember(String name) {
    return members.stream().anyMatch(member -> member.name().equals(name));
  }
}
