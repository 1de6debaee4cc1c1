package dev.storewatch.openapi;

import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverters;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The converters of types to schemas, which the library keeps for the whole process: those of the
 * first server that describes itself serve every other one too.
 */
final class SharedConverters {
  private static boolean registered;

  private SharedConverters() {}

  /** Registers the converters of a server, unless those of another are registered already. */
  static synchronized void register(Supplier<Stream<ModelConverter>> converters) {
    if (!registered) {
      converters.get().forEach(ModelConverters.getInstance(true)::addConverter);
      registered = true;
    }
  }
}
