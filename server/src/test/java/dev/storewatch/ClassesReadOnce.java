package dev.storewatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.core.type.classreading.MetadataReader;

/**
 * What Spring reads of class files when a server starts, kept for all servers of the tests: to read
 * it again would be a fifth of each start.
 */
final class ClassesReadOnce implements ApplicationContextInitializer<GenericApplicationContext> {
  private static final Map<Resource, MetadataReader> READ = new ConcurrentHashMap<>();

  @Override
  public void initialize(GenericApplicationContext context) {
    Map<Resource, MetadataReader> cache = context.getResourceCache(MetadataReader.class);
    cache.putAll(READ);
    // This is called when all classes are found, and before the context forgets what it read.
    context.addBeanFactoryPostProcessor(_ -> READ.putAll(cache));
  }
}
