package io.hera.store;

import io.hera.registry.View;
import java.util.function.Predicate;

/**
 * A search for a text in the names and documents of all instances.
 *
 * @param text not empty
 * @param limit most hits
 * @param extent whether instances that drains hide are searched too
 * @param readable the services that are searched; any thread may use it
 */
public record SearchRequest(
    String text, int limit, View.Extent extent, Predicate<String> readable) {}
