package io.hera.http.inspect;

import io.hera.json.JsonWriter;
import io.hera.store.Beat;
import io.hera.wire.PeerStatus;
import java.util.Map;
import java.util.TreeSet;

/** Writes what gossip has done in a while, of the store and of the network, as JSON. */
final class BeatJson {
  private final JsonWriter out = new JsonWriter(1_024);
  private boolean first = true;

  private BeatJson() {}

  /**
   * What an exchange costs and whether it fails, which the store does not see: sums since the start.
   *
   * @param failures exchanges that failed
   * @param bytes of answers
   */
  record Network(long failures, long bytes) {
    static final Network NONE = new Network(0, 0);

    static Network of(PeerStatus peer) {
      return new Network(peer.failures(), peer.bytesReceived());
    }

    /** Returns the difference from {@code before}; all of it if the peer is another one now. */
    Network since(Network before) {
      boolean continues = failures >= before.failures && bytes >= before.bytes;
      return continues ? new Network(failures - before.failures, bytes - before.bytes) : this;
    }

    boolean isNothing() {
      return failures == 0 && bytes == 0;
    }
  }

  /** Returns the data of an event; {@code network} has the peers with which something has happened. */
  static byte[] of(long atMillis, Beat beat, Map<String, Network> network) {
    BeatJson json = new BeatJson();
    json.out.ascii("{\"at\":").number(atMillis);
    json.out.ascii(",\"millis\":").number(beat.millis()).ascii(",\"heard\":{");
    TreeSet<String> peers = new TreeSet<>(beat.heard().keySet());
    peers.addAll(network.keySet());
    peers.forEach(peer -> json.heard(peer, beat, network.getOrDefault(peer, Network.NONE)));
    json.out.ascii("},\"told\":{");
    json.first = true;
    beat.told().forEach(json::told);
    return json.out.ascii("}}").toBytes();
  }

  private void heard(String peer, Beat beat, Network network) {
    Beat.Heard heard = beat.heard().getOrDefault(peer, Beat.Heard.NOTHING);
    name(peer).ascii("{\"exchanges\":").number(heard.exchanges());
    out.ascii(",\"failed\":").number(network.failures());
    out.ascii(",\"bytes\":").number(network.bytes());
    numbers("entries", heard.entries());
    out.ascii(",\"applied\":").number(heard.applied());
    out.ascii(",\"stale\":").number(heard.stale());
    out.ascii(",\"refused\":").number(heard.refused());
    spread("lag_ms", heard.lagMillis());
    out.raw('}');
    first = false;
  }

  private void told(String peer, Beat.Told told) {
    name(peer).ascii("{\"questions\":").number(told.questions());
    numbers("entries", told.entries());
    numbers("behind_ms", told.behindMillis());
    spread("heard_after_ms", told.heardAfterMillis());
    out.raw('}');
    first = false;
  }

  /** An unknown duration is left out. */
  private void spread(String name, Beat.Spread spread) {
    if (spread.count() > 0) {
      out.ascii(",\"").ascii(name).ascii("\":{\"p50\":").number(spread.median());
      out.ascii(",\"max\":").number(spread.max()).raw('}');
    }
  }

  private void numbers(String name, Map<String, ? extends Number> values) {
    out.ascii(",\"").ascii(name).ascii("\":{");
    first = true;
    values.forEach((key, value) -> {
      name(key).number(value.longValue());
      first = false;
    });
    out.raw('}');
  }

  private JsonWriter name(String name) {
    return out.ascii(first ? "" : ",").string(name).raw(':');
  }
}
