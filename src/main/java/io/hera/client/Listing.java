package io.hera.client;

import io.hera.json.JsonChecker;
import io.hera.json.JsonRules;
import io.hera.json.JsonScanner;
import io.hera.json.Malformed;
import io.hera.json.ObjectCursor;
import java.util.ArrayList;
import java.util.List;

/** The body of an answer to {@code GET /<service>}, read: id → document. */
sealed interface Listing {
  /** Levels of nesting that are read: of a listing with the deepest document. */
  int DEPTH_MAX = Document.DEPTH_MAX + 1;

  /** The instances, in the order of the body. */
  record Instances(List<Instance> instances) implements Listing {
    public Instances {
      instances = List.copyOf(instances);
    }
  }

  /** Not a listing: the node, or what answered in its place, cannot be believed. */
  record Flawed(String reason) implements Listing {}

  /** Reads a body. It is not a listing unless it is one JSON object of objects, without duplicate names. */
  static Listing read(String service, byte[] body) {
    try {
      JsonScanner in = new JsonScanner(body);
      new JsonChecker(in, DEPTH_MAX, JsonRules.RFC_8259).document();
      in.expectEnd();
      return new Instances(instances(service, body));
    } catch (Malformed flaw) {
      return new Flawed("at byte %s: %s".formatted(flaw.offset(), flaw.reason()));
    }
  }

  private static List<Instance> instances(String service, byte[] body) throws Malformed {
    List<Instance> instances = new ArrayList<>();
    ObjectCursor members = new ObjectCursor(body);
    while (members.next()) {
      byte[] document = members.value();
      if (document[0] != '{') {
        throw new Malformed("an instance is not an object", 0);
      }
      instances.add(new Instance(service, members.name(), Document.ofChecked(document), false));
    }
    return instances;
  }
}
