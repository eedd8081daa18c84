package io.hera.store;

import io.hera.registry.Outcome;
import java.util.List;

/** The reply to a {@link DrainCommand}. */
public sealed interface DrainReply {
  /** It holds, and this node shows what follows. */
  record Done() implements DrainReply {}

  /** It was not done. */
  record Refused(Outcome outcome) implements DrainReply {}

  /**
   * It would leave services without an instance; nothing was changed.
   *
   * @param services the first of them
   */
  record WouldEmpty(List<String> services) implements DrainReply {}

  /**
   * Some nodes would not pass it on; nothing was changed.
   *
   * @param peers members that do not know drains
   */
  record MixedVersions(List<String> peers) implements DrainReply {}
}
