package io.hera.http;

import io.hera.registry.InstanceView;
import io.hera.store.page.Listing;
import java.util.Optional;

/** The result of a read, with which all reads that have selected the same can be replied to. */
public sealed interface Answer {
  /** Returns about how many bytes a reply with it has. */
  long bytes();

  /** Returns the number of the last change that had certainly been made when this was read. */
  long change();

  /** The listing of a service, of some of its instances, or of all services. */
  record OfListing(Listing listing, long change) implements Answer {
    @Override
    public long bytes() {
      return listing.length();
    }
  }

  /** One instance; empty if there is none. */
  record OfInstance(Optional<InstanceView> found, long change) implements Answer {
    @Override
    public long bytes() {
      return found.map(view -> view.document().length).orElse(0);
    }
  }
}
