package io.hera.wire;

import io.hera.json.JsonChecker;
import io.hera.json.JsonRules;
import io.hera.json.JsonScanner;
import io.hera.json.Malformed;
import io.hera.registry.Delta;
import io.hera.registry.Entry;
import io.hera.registry.Key;
import io.hera.registry.OriginDelta;
import io.hera.registry.Registration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The reader of one answer of a node of 2012 (P6). Used once, by {@link V1Codec}. */
final class V1Reader {
  private static final int VERSION_LENGTH_MAX = 64;

  private final byte[] body;
  private final JsonScanner in;
  private final JsonChecker values;
  private final V1Request asked;
  private final int entriesMax;
  private int entries;
  private int quarantined;

  V1Reader(byte[] body, V1Request asked, int entriesMax) {
    this.body = body;
    this.in = new JsonScanner(body);
    this.values = new JsonChecker(in, EntryRules.DEPTH_MAX, JsonRules.I_JSON);
    this.asked = asked;
    this.entriesMax = entriesMax;
  }

  Decoded<Delta> read() throws Malformed {
    List<OriginDelta> parts = new ArrayList<>();
    Set<String> origins = new HashSet<>();
    EntryRules.expectObject(in);
    in.expect('{');
    if (!in.accept('}')) {
      do {
        String origin = in.memberName();
        if (!origins.add(origin)) {
          throw in.fail("an origin appears twice");
        }
        Long horizon = asked.digest().horizons().get(origin);
        if (horizon == null) {
          in.skip();
        } else {
          parts.add(part(origin, horizon));
        }
      } while (in.more('}'));
    }
    in.expectEnd();
    return new Decoded<>(new Delta(parts), quarantined);
  }

  private OriginDelta part(String origin, long horizon) throws Malformed {
    List<Entry> kept = new ArrayList<>();
    if (!in.accept('[')) {
      quarantined++;
      in.skip();
    } else if (!in.accept(']')) {
      do {
        entry(kept);
      } while (in.more(']'));
    }
    kept.sort(Comparator.comparingLong(Entry::version));
    long last = kept.isEmpty() ? horizon : kept.get(kept.size() - 1).version();
    return new OriginDelta(origin, horizon, Math.max(last, horizon), false, kept);
  }

  private void entry(List<Entry> kept) throws Malformed {
    if (++entries > entriesMax) {
      throw in.fail("the answer has more than " + entriesMax + " entries");
    }
    int start = in.at();
    try {
      kept.add(registration());
    } catch (Malformed flaw) {
      quarantined++;
      in.goTo(start);
      in.skip();
    }
  }

  private Registration registration() throws Malformed {
    in.expect('[');
    String service = in.text();
    in.expect(',');
    String id = in.text();
    in.expect(',');
    byte[] document = document();
    in.expect(',');
    long version = version();
    in.expect(']');
    Key key = EntryRules.key(service, id);
    if (key == null) {
      throw in.fail("a name breaks the rules");
    }
    return registration(key, document, version);
  }

  private Registration registration(Key key, byte[] document, long version) {
    long ttl = asked.livenessMillis();
    long age = Math.max(0, Math.min(ttl, asked.nowMillis() - version));
    return new Registration(key, document, version, age, ttl);
  }

  /** Returns the bytes of the object, without the white space that Python adds around it. */
  private byte[] document() throws Malformed {
    in.peek();
    int start = in.at();
    values.document();
    if (in.at() - start > EntryRules.DOCUMENT_BYTES_MAX) {
      throw in.fail("a document is too large");
    }
    return Arrays.copyOfRange(body, start, in.at());
  }

  private long version() throws Malformed {
    OptionalLong version = IntegerText.of(in.numberText(VERSION_LENGTH_MAX));
    if (version.isEmpty() || version.getAsLong() < 0) {
      throw in.fail("a version is not an integer from 0 to 2^63-1");
    }
    return version.getAsLong();
  }
}
