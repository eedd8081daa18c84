package io.hera.store;

import io.hera.registry.Digest;
import io.hera.registry.Divergence;
import io.hera.registry.Drains;
import io.hera.registry.InstanceView;
import io.hera.registry.Key;
import io.hera.registry.Outcome;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@link Store} as the owner of the state does it: each method is one turn, on the owner's context. A reply that takes long
 * to make comes in a later turn. */
interface StoreHandlers {
  Future<List<Outcome>> write(List<Write> writes);

  Optional<InstanceView> find(Key key);

  /** Returns what serves the reads of many instances. */
  ReadTurns reads();

  Future<DrainReply> drain(DrainCommand command);

  List<Drains.State> drains();

  Digest digest(String peer);

  Digest nextDigest(String peer);

  Future<DeltaReply> delta(DeltaRequest request);

  Future<Receipt> receive(Reception reception);

  void diverged(Divergence found);

  /** Returns what serves the disk. */
  SavedTurns saved();

  void recovered(String how);

  void synchronised(String how);

  StoreStatus status();

  void configure(StoreSettings settings);

  /** Returns what serves the requests for the history. */
  HistoryRecorder history();

  void join(Set<String> members);
}
