#include "CModules.h"

#include <modulemd-2.0/modulemd.h>
#include <stdio.h>

static void visit_stream(const char *module, ModulemdModuleStream *stream, cmodules_visit visit,
                         void *context) {
  const char *name = modulemd_module_stream_get_stream_name(stream);
  g_auto(GStrv) artifacts = NULL;

  if (MODULEMD_IS_MODULE_STREAM_V2(stream))
    artifacts =
        modulemd_module_stream_v2_get_rpm_artifacts_as_strv(MODULEMD_MODULE_STREAM_V2(stream));
  if (artifacts == NULL || artifacts[0] == NULL)
    visit(context, module, name, NULL);
  for (char **artifact = artifacts; artifact != NULL && *artifact != NULL; artifact++)
    visit(context, module, name, *artifact);
}

int cmodules_read(const char *path, cmodules_visit visit, void *context, char *cause,
                  size_t cause_size) {
  g_autoptr(ModulemdModuleIndex) index = modulemd_module_index_new();
  g_autoptr(GPtrArray) failures = NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_read =
      modulemd_module_index_update_from_file(index, path, FALSE, &failures, &error);

  if (error != NULL) {
    snprintf(cause, cause_size, "%s", error->message);
    return -1;
  }
  if (failures != NULL && failures->len > 0) {
    const GError *first =
        modulemd_subdocument_info_get_gerror(g_ptr_array_index(failures, 0));
    snprintf(cause, cause_size, "%s", first != NULL ? first->message : "it is no module");
    return -1;
  }
  if (!is_read) {
    snprintf(cause, cause_size, "it is not a document of modules");
    return -1;
  }

  g_auto(GStrv) names = modulemd_module_index_get_module_names_as_strv(index);
  for (char **name = names; name != NULL && *name != NULL; name++) {
    ModulemdModule *module = modulemd_module_index_get_module(index, *name);
    GPtrArray *streams = module != NULL ? modulemd_module_get_all_streams(module) : NULL;

    for (guint position = 0; streams != NULL && position < streams->len; position++)
      visit_stream(*name, g_ptr_array_index(streams, position), visit, context);
  }
  return 0;
}
