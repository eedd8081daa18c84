package io.hera.store;

import java.util.List;

/**
 * The services with instances, in byte order.
 *
 * @param change number of the last change before, see {@link Changes}
 */
public record ServiceNames(List<String> services, long change) {}
