package io.hera.store.page;

import io.hera.registry.Change;
import io.hera.registry.ContentVersion;
import io.hera.registry.Key;
import io.hera.registry.Registry;
import io.hera.registry.View;
import io.vertx.core.buffer.Buffer;

/**
 * Makes the listings that lookups are answered from, and keeps them in step with the view. Owned by the store verticle; used on its
 * context only, while {@link PublishedListings}, which this writes, is read by any thread.
 */
public final class Listings {
  private final View view;
  private final PublishedListings published;
  private final ListingCache layouts;
  private final MatchingListings matching;

  /** Listings of what {@code registry} shows. */
  public Listings(Registry registry, PublishedListings published) {
    this.view = registry.view();
    this.published = published;
    this.layouts = new ListingCache(registry);
    this.matching = new MatchingListings(view);
  }

  /**
   * Returns the listing of a service or of all, and publishes it. A listing without instances is not published: clients may ask for
   * any name.
   */
  public Listing publish(Subject subject) {
    Listing found = published.find(subject);
    if (found != null) {
      return found;
    }
    ListingLayout layout = layouts.make(subject);
    Listing made = new Listing(layout.json(), content(subject));
    if (layout.size() > 0) {
      published.keep(subject, made);
    }
    return made;
  }

  /** Returns the listing of the instances selected. That of a whole service is published. */
  public Buffer snapshot(Selection.Part selection) {
    if (selection instanceof Selection.OfService some) {
      return some.filter().isEmpty()
          ? publish(some.subject()).json()
          : matching(some.subject().name(), some.filter()).json();
    }
    Key key = ((Selection.Instance) selection).key();
    byte[] document = view.document(key);
    Buffer json = Buffer.buffer("{");
    if (document != null) {
      ListingEncoder.name(json, key.id()).appendBytes(document);
    }
    return json.appendByte((byte) '}');
  }

  /** Returns the listing of a service, for a reader that does not come again. */
  public Buffer uncached(String service) {
    Subject subject = Subject.of(service);
    Listing found = published.find(subject);
    return found == null ? layouts.look(subject).json() : found.json();
  }

  /** Returns the listing of the instances of a service that match. */
  public Listing matching(String service, Filter filter) {
    return matching.get(service, filter);
  }

  /** Withdraws the listings that show the instance. Called in the turn that changes it: before the write is acknowledged. */
  public void changed(Change change) {
    String service = change.key().service();
    Subject subject = Subject.of(service);
    layouts.changed(subject, change.key().id());
    matching.changed(service);
    if (change.before() == null || change.after() == null) {
      layouts.changed(Subject.ALL, service);
    }
    if (change.contentChanged()) {
      published.outdate(subject);
      published.outdate(Subject.ALL);
    } else {
      published.drop(subject);
    }
  }

  private ContentVersion content(Subject subject) {
    return subject instanceof Subject.Service service
        ? view.content(service.name())
        : view.content();
  }
}
