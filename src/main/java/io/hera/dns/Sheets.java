package io.hera.dns;

import io.hera.store.LeftOut;
import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of the services that are asked for, made when a question comes, and kept until their content changes: heartbeats change
 * nothing here. Those that were not asked for longest go, when all take more than {@value #BYTES_MAX} bytes. One per DNS server, used
 * on its context.
 */
final class Sheets {
  /** The name of this way out among the counts of those left out. */
  static final String WAY = "dns";

  static final long BYTES_MAX = 32 << 20;

  private final SheetMaker maker;
  private final LeftOut leftOut;
  private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  Sheets(SheetMaker maker, LeftOut leftOut) {
    this.maker = maker;
    this.leftOut = leftOut;
  }

  /** The records of a service, which are perhaps still being made. */
  private static final class Kept {
    private final Future<Sheet> sheet;
    private long bytes;

    Kept(Future<Sheet> sheet) {
      this.sheet = sheet;
    }
  }

  /** Returns the records of a service that exists. */
  Future<Sheet> of(String service) {
    Kept known = kept.get(service);
    if (known != null) {
      return known.sheet;
    }
    Kept made = new Kept(maker.make(service));
    kept.put(service, made);
    made.sheet.onSuccess(sheet -> weigh(service, made, sheet)).onFailure(any -> forget(service));
    return made.sheet;
  }

  /** Drops the records of a service, whose content has changed. */
  void forget(String service) {
    Kept gone = kept.remove(service);
    if (gone != null) {
      bytes -= gone.bytes;
    }
  }

  private void weigh(String service, Kept made, Sheet sheet) {
    leftOut.count(WAY, sheet.leftOut());
    if (kept.get(service) != made) {
      return; // it has changed meanwhile
    }
    made.bytes = sheet.bytes();
    bytes += made.bytes;
    for (Iterator<Kept> oldest = kept.values().iterator(); bytes > BYTES_MAX && kept.size() > 1; ) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
