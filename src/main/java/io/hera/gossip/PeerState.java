package io.hera.gossip;

import io.hera.registry.Dialect;
import io.hera.registry.Digest;
import io.hera.store.PeerIdentities.Introduction;
import io.hera.store.Reception;
import java.util.Optional;
import java.util.OptionalLong;

/** What the sessions with one peer share. Plain single-threaded Java, owned by {@link Gossip}. */
final class PeerState {
  final String name;
  final PeerAddress address;
  final int generation;
  final SelfCheck check;
  private Optional<Dialect> dialect = Optional.empty();

  PeerState(String name, PeerAddress address, int generation, SelfCheck check) {
    this.name = name;
    this.address = address;
    this.generation = generation;
    this.check = check;
  }

  Lane lane(Lane.Kind kind) {
    return new Lane(name, generation, kind);
  }

  /** Returns the dialect of the peer's last answer to a pull. */
  Optional<Dialect> dialect() {
    return dialect;
  }

  boolean speaks(Dialect asked) {
    return dialect.equals(Optional.of(asked));
  }

  /** Notes the dialect of an answer to a pull. */
  void answeredIn(Dialect dialect) {
    this.dialect = Optional.of(dialect);
  }

  /** Returns an answer for the store to receive, which does not end a pull. */
  Reception reception(Lane.Kind lane, Digest asked, Answer answer) {
    return new Reception(
        name,
        introduction(lane, answer),
        asked,
        answer.delta(),
        Reception.Place.WITHIN,
        Optional.empty(),
        Optional.empty(),
        wallMillis(answer));
  }

  /** Returns the introduction of the peer in an answer (P9); an answer of version 1 has none. */
  private Optional<Introduction> introduction(Lane.Kind lane, Answer answer) {
    Introduction.Exchange exchange =
        lane == Lane.Kind.PULL ? Introduction.Exchange.PULL : Introduction.Exchange.HANGING_PULL;
    return answer instanceof Answer.V2 v2
        ? Optional.of(new Introduction(
            name,
            v2.content().handshake(),
            address.toString(),
            exchange,
            v2.content().members(),
            v2.content().held().keySet()))
        : Optional.empty();
  }

  private static OptionalLong wallMillis(Answer answer) {
    return answer instanceof Answer.V2 v2 ? v2.wallMillis() : OptionalLong.empty();
  }
}
