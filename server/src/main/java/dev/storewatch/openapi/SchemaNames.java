package dev.storewatch.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/**
 * Names schemas after the records that they describe: one that stands inside a class is named after
 * both, because every list of the interface is called so inside its own class.
 */
final class SchemaNames extends TypeNameResolver {
  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    Class<?> outer = type.getEnclosingClass();
    String name = type.getSimpleName();
    if (outer == null || !type.isRecord()) {
      return super.nameForClass(type, options);
    }
    String about = outer.getSimpleName().replaceAll("(Api|View|Body)$", "");
    return name.startsWith(about) ? name : about + name;
  }
}
