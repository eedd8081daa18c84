package io.hera.store;

import io.hera.json.ValueSearch;
import io.hera.registry.Key;
import io.hera.registry.KeyDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A search under way: what it has found so far. An instance has one hit at most, and so has the name of a service. Used by one thread at a
 * time.
 */
final class Search {
  private static final Comparator<Key> IN_ORDER =
      Comparator.comparing(Key::service, Key.BYTE_ORDER).thenComparing(Key::id, Key.BYTE_ORDER);

  private final ValueSearch wanted;
  private final int limit;
  /** Of each kind, as many as the result may have; services stand with an empty id. */
  private final Map<Key, SearchHit> services = new HashMap<>();

  private final Map<Key, SearchHit> ids = new HashMap<>();
  private final Map<Key, SearchHit> documents = new HashMap<>();
  private boolean more;
  private int searched;

  Search(String text, int limit) {
    this.wanted = new ValueSearch(text);
    this.limit = limit;
  }

  /** Looks at some instances. */
  void look(List<KeyDocument> instances) {
    instances.forEach(this::look);
  }

  private void look(KeyDocument one) {
    Key key = one.key();
    searched++;
    if (wanted.isIn(key.service())) {
      add(services, new Key(key.service(), ""), new SearchHit.InService(key.service()));
    }
    if (wanted.isIn(key.id())) {
      add(ids, key, new SearchHit.InId(key.service(), key.id()));
    } else if (!more || documents.size() < limit) {
      wanted
          .in(one.document())
          .ifPresent(match ->
              add(documents, key, new SearchHit.InDocument(key.service(), key.id(), match)));
    }
  }

  private void add(Map<Key, SearchHit> hits, Key key, SearchHit hit) {
    if (hits.size() < limit || hits.containsKey(key)) {
      hits.put(key, hit);
    } else {
      more = true;
    }
  }

  SearchResult result() {
    List<SearchHit> all = new ArrayList<>();
    for (Map<Key, SearchHit> hits : List.of(services, ids, documents)) {
      hits.entrySet().stream()
          .sorted(Map.Entry.comparingByKey(IN_ORDER))
          .forEach(hit -> all.add(hit.getValue()));
    }
    boolean cut = more || all.size() > limit;
    return new SearchResult(searched, cut, all.subList(0, Math.min(limit, all.size())));
  }
}
