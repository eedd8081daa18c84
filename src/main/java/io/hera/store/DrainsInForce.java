package io.hera.store;

/** Whether drains are in force (P18). The store verticle writes it; any thread may read it. */
public final class DrainsInForce {
  private volatile boolean any;

  /** Returns whether there are any, whether they match an instance or not. */
  public boolean any() {
    return any;
  }

  void set(boolean some) {
    any = some;
  }
}
