package io.hera.registry;

import org.jspecify.annotations.Nullable;

/** Is told, in the same turn, of every change of what is shown. Renewals with the same document change nothing. */
@FunctionalInterface
public interface ViewListener {
  /**
   * What is shown for an instance has changed.
   *
   * @param before the document shown so far, null if there was none
   * @param after the document shown from now on, null if there is none
   * @param news whether its content is another one, as {@link ContentHash} sees it
   */
  void changed(Key key, byte @Nullable [] before, byte @Nullable [] after, boolean news);
}
