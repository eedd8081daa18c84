package io.hera.config;

import io.hera.config.source.TlsSetting;
import io.hera.tls.SubjectNames;
import io.hera.tls.TlsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * By which certificates a node can know its clients.
 *
 * @param ca whether it has a CA of its own: by any other, a stranger could get a certificate with any name
 * @param members the hosts of the cluster, whose certificates are those of its nodes
 */
record ClientCertificates(Authority ca, List<String> members) {
  /** Whether there is a CA. */
  enum Authority {
    OWN,
    MISSING
  }

  ClientCertificates {
    members = members.stream().map(ClientCertificates::spelling).toList();
  }

  /** Returns those of a node with this configuration; blocks. */
  static ClientCertificates of(Config config) {
    List<String> hosts =
        config.cluster().values().stream().map(member -> member.host()).toList();
    return new ClientCertificates(authority(config.tls().setting()), hosts);
  }

  private static Authority authority(TlsSetting tls) {
    Optional<String> ca = tls.source().flatMap(TlsSource::ca);
    return ca.map(Path::of).filter(Files::exists).isPresent() ? Authority.OWN : Authority.MISSING;
  }

  /** Returns whether a name is that of a node. */
  boolean isMember(String name) {
    return members.contains(name);
  }

  private static String spelling(String host) {
    return SubjectNames.address(host).orElseGet(() -> SubjectNames.plain(host));
  }
}
