import eslint from "@eslint/js";
import typescript from "typescript-eslint";

/** What is checked beyond the types. Everything strict, but for a few rules that argue with this project's style. */
export default typescript.config(
  { ignores: ["**/node_modules/", "**/dist/", "gradio_demo/", "lessons/", "serving/"] },
  eslint.configs.recommended,
  typescript.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        // Not the project service: it does not find the mechanics view, which has no tsconfig.json of its own.
        project: ["tsconfig.json", "service-worker/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // `array[i]!` where the loop or the data's form says that it is there.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Texts are spread into code points on purpose.
      "@typescript-eslint/no-misused-spread": "off",
      // A method of an interface may be asynchronous without having to wait.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", {
        ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true,
      }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/restrict-plus-operands": ["error", { allowNumberAndString: true }],
      "@typescript-eslint/no-unused-vars": ["error", {
        argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_",
      }],
      // Types promise what an older browser, or a caller without types, may lack.
      "@typescript-eslint/no-unnecessary-condition": "off",
      // A parsed file has the type that its reader names.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      // Plain objects may stand for a class that has no private parts.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  { files: ["**/*.js"], extends: [typescript.configs.disableTypeChecked] },
);
