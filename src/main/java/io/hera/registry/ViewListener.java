package io.hera.registry;

/** Is told, in the same turn, of every change of what is shown. Renewals with the same document change nothing. */
@FunctionalInterface
public interface ViewListener {
  /** What is shown for an instance has changed. */
  void changed(Change change);
}
