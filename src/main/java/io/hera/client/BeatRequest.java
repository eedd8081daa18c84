package io.hera.client;

import io.hera.json.JsonWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request of a beat, and the instances that it is for.
 *
 * <p>One instance is a PUT: with the document if no node may have it, otherwise without. Several are a
 * {@code POST /_heartbeat} for those that nodes have, and a {@code POST /_batch} for the others. A node
 * of 2012, and one that has not answered yet and may be one, gets one document after the other.
 */
record BeatRequest(Form form, Request request, List<OwnInstance> instances) {
  /** What kind of request it is. */
  enum Form {
    RENEWAL,
    DOCUMENT,
    HEARTBEAT,
    BATCH
  }

  private static final int ITEMS_MAX = 2_000;
  private static final int BATCH_BYTES = 1 << 20;

  /** Returns the first request for these instances, of which there is at least one. */
  static BeatRequest next(Node.Kind kind, Collection<OwnInstance> instances, Duration patience) {
    List<OwnInstance> known =
        instances.stream().filter(one -> !one.needsDocument()).toList();
    List<OwnInstance> unknown =
        instances.stream().filter(one -> one.needsDocument()).toList();
    if (kind != Node.Kind.HERA) {
      return document(instances.iterator().next(), patience);
    }
    if (!known.isEmpty()) {
      return known.size() == 1 ? renewal(known.get(0), patience) : heartbeat(known, patience);
    }
    return unknown.size() == 1 ? document(unknown.get(0), patience) : batch(unknown, patience);
  }

  private static BeatRequest renewal(OwnInstance one, Duration patience) {
    one.renewalSent();
    Request request = Request.put(target(one), new byte[0], patience);
    return new BeatRequest(Form.RENEWAL, request, List.of(one));
  }

  private static BeatRequest document(OwnInstance one, Duration patience) {
    String target = target(one) + "?ttl=" + one.ttl.toMillis() + "ms";
    Request request = Request.put(target, one.toSend(), patience);
    return new BeatRequest(Form.DOCUMENT, request, List.of(one));
  }

  private static BeatRequest heartbeat(List<OwnInstance> all, Duration patience) {
    List<OwnInstance> some = all.subList(0, Math.min(all.size(), ITEMS_MAX));
    Map<String, List<String>> ids = new TreeMap<>();
    for (OwnInstance one : some) {
      one.renewalSent();
      ids.computeIfAbsent(one.service, service -> new ArrayList<>()).add(one.id());
    }
    Request request =
        Request.post("/_heartbeat", json(ids), patience).with("content-type", "application/json");
    return new BeatRequest(Form.HEARTBEAT, request, some);
  }

  private static BeatRequest batch(List<OwnInstance> all, Duration patience) {
    JsonWriter out = new JsonWriter(1 << 12);
    List<OwnInstance> some = new ArrayList<>();
    for (OwnInstance one : all) {
      if (some.size() == ITEMS_MAX || out.size() > BATCH_BYTES) {
        break;
      }
      line(out, one);
      some.add(one);
    }
    Request request = Request.post("/_batch", out.toBytes(), patience)
        .with("content-type", "application/x-ndjson");
    return new BeatRequest(Form.BATCH, request, some);
  }

  private static void line(JsonWriter out, OwnInstance one) {
    out.ascii("{\"service\":").string(one.service).ascii(",\"id\":").string(one.id());
    out.ascii(",\"ttl\":\"").number(one.ttl.toMillis()).ascii("ms\",\"document\":");
    out.onOneLine(one.toSend()).ascii("}\n");
  }

  private static byte[] json(Map<String, List<String>> ids) {
    JsonWriter out = new JsonWriter(1 << 12);
    char before = '{';
    for (Map.Entry<String, List<String>> service : ids.entrySet()) {
      out.raw(before).string(service.getKey()).raw(':');
      char bracket = '[';
      for (String id : service.getValue()) {
        out.raw(bracket).string(id);
        bracket = ',';
      }
      out.raw(']');
      before = ',';
    }
    return out.raw('}').toBytes();
  }

  static String target(OwnInstance one) {
    return "/" + Names.encoded(one.service) + "/" + Names.encoded(one.id());
  }
}
