package dev.storewatch.openapi;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/**
 * The names of schemas, taken from the records that they describe. A record inside a class is named
 * after both, because the lists of the interface all have the same name inside their own classes.
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
