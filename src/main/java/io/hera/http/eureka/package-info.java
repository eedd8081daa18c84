/**
 * What a node serves clients of Eureka: {@link io.hera.http.eureka.EurekaEndpoint} decides what a request is for, {@link
 * io.hera.http.eureka.EurekaWrites} and {@link io.hera.http.eureka.EurekaLists} serve it. The mapping and the formats are in {@link
 * io.hera.eureka}.
 */
@NullMarked
package io.hera.http.eureka;

import org.jspecify.annotations.NullMarked;
