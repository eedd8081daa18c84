package io.hera.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what peers cause, and logs what operators have to know of it. */
final class PeerNotices implements PeerTurns.Listener {
  private static final Logger log = LoggerFactory.getLogger(PeerNotices.class);

  private final Store store;
  private final OwnHandshake self;

  PeerNotices(Store store, OwnHandshake self) {
    this.store = store;
    this.self = self;
  }

  @Override
  public void wrote(Written written) {
    store.writes().publish(written);
  }

  @Override
  public void met(PeerMet peer) {
    store.peersMet().publish(peer);
  }

  @Override
  public void conflicts(String reason) {
    log.error("exchange refused: {}", reason);
  }

  @Override
  public void redrew() {
    log.warn("the clock has jumped: the machine was resumed, or its clock was set; the"
        + " node takes another life, in case a copy of this process runs");
    store.redrawn().publish(self.handshake().life());
  }

  @Override
  public void settingsDiffer(String peer) {
    log.warn("settings differ peer={}: compare settings in /_status of both nodes", peer);
  }
}
