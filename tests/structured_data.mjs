// Reads the structured data of HTML files as a search engine does, and checks it by Google's rules.
// node tests/structured_data.mjs FILE… prints JSON: by file, what was found and what is wrong with it.
import { readFileSync } from "node:fs"
import Validator from "@adobe/structured-data-validator"
import WebAutoExtractor from "@marbec/web-auto-extractor"

// A page of reviews is no offer: Google's rules for shops (“merchant listings”, with price and stock) are left out.
const validator = new Validator()
validator.registeredHandlers.Product.length = 1

const told = {}
for (const file of process.argv.slice(2)) {
  const found = new WebAutoExtractor({ addLocation: true }).parse(readFileSync(file, "utf8"))
  const issues = await validator.validate(structuredClone(found))
  told[file] = {
    jsonld: found.jsonld,
    others: [...Object.keys(found.microdata), ...Object.keys(found.rdfa)],
    issues: issues.map((issue) => `${issue.severity} ${issue.issueMessage} (${issue.path?.map((p) => p.type ?? p.property).join(".")})`),
  }
}
console.log(JSON.stringify(told))
