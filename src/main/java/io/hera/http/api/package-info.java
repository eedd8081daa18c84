/**
 * What clients use: registering, renewing and deregistering ({@link io.hera.http.api.Instances}, {@link
 * io.hera.http.api.Batches}), and reading ({@link io.hera.http.api.Lookups}, {@link io.hera.http.api.Export}).
 *
 * <p>Lookups are answered from published listings, without a message to the store where there is one. How clients wait for changes
 * is hidden behind {@link io.hera.http.Watching}.
 */
@NullMarked
package io.hera.http.api;

import org.jspecify.annotations.NullMarked;
