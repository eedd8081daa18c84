package io.hera.http.ops;

import io.hera.http.BytesInFlight;
import io.hera.store.page.PageMemory;

/** The memory that replies of a node take, as far as it is counted. */
public record ReplyMemory(PageMemory pages, BytesInFlight inFlight) {}
