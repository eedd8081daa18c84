package io.hera.http.watch;

import io.vertx.core.Vertx;

/** Alarms on the context that sets them. */
record VertxAlarms(Vertx vertx) implements QuietWindows.Alarms {
  @Override
  public long set(long millis, Runnable due) {
    return vertx.setTimer(millis, timer -> due.run());
  }

  @Override
  public void cancel(long alarm) {
    vertx.cancelTimer(alarm);
  }
}
