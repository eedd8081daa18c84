package io.hera.store.history;

/** The client behind a write. Read only if the write changes something, by the thread of the store: it must be immutable. */
public interface Author {
  /** Returns the IP address, or the name of another way in. */
  String address();

  /** Returns the name that its proof stands for; empty without rules of access. Never a secret. */
  String identity();
}
