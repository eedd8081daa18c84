package io.hera.testkit;

import io.hera.gossip.HostResolver;
import java.net.UnknownHostException;
import java.util.List;

/** A DNS with one name, whose addresses tests set; without any it fails. */
public final class FakeDns implements HostResolver {
  /** The name. */
  public static final String NAME = "hera-peers.test.svc";

  private volatile List<String> addresses = List.of();

  /** The name has these addresses from now on. */
  public void set(String... changed) {
    addresses = List.of(changed);
  }

  @Override
  public List<String> resolve(String host) throws UnknownHostException {
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host);
    }
    return addresses;
  }
}
