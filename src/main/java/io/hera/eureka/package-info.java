/**
 * Instances as Eureka has them: the model, the mapping to and from documents, and the two formats. Without I/O.
 *
 * <p>{@link io.hera.eureka.EurekaMapping} is the mapping, both ways. What leaves here comes from {@link
 * io.hera.eureka.EurekaInstance}, a model whose values are checked: a client of Eureka that finds one unknown member or constant
 * loses the whole list, so nothing of a document is passed on as it is.
 */
@NullMarked
package io.hera.eureka;

import org.jspecify.annotations.NullMarked;
