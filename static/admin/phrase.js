// A phrase in another language than the text around it: <span lang="ar" dir="rtl">, WCAG 3.1.2.
import { Mark } from "django-prose-editor/editor"
import { ask, askAbout } from "tract/dialog"
import { word } from "tract/words"

const OFFERED = ["en", "fr", "ar", "ckb", "es", "fa", "it", "ku", "ps", "so", "ti", "uk"]
const OTHER = "other"
const TAG = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i

function direction(tag) {
  try {
    const locale = new Intl.Locale(tag)
    // Firefox has the method, older Chromium and Safari the property.
    const info = locale.getTextInfo?.() ?? locale.textInfo
    if (info?.direction) return info.direction
  } catch {
    return "ltr"
  }
  return /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/i.test(tag) ? "rtl" : "ltr"
}

function name(tag, language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(tag)
  } catch {
    return tag
  }
}

function choices() {
  const language = document.documentElement.lang || "en"
  const offered = OFFERED.map((tag) => {
    const own = name(tag, tag)
    const ours = name(tag, language)
    return [tag, own === ours || own === tag ? ours : `${ours} – ${own}`]
  })
  return [...offered, [OTHER, word("phraseOther")]]
}

async function dialog(editor) {
  const { lang } = editor.getAttributes("phrase")
  const isListed = OFFERED.includes(lang)
  const answer = await ask({
    title: word("phraseTitle"),
    removable: editor.isActive("phrase"),
    values: { listed: !lang || isListed ? (lang ?? OFFERED[0]) : OTHER, tag: isListed ? "" : lang },
    fields: [
      { name: "listed", label: word("phraseLanguage"), choices: choices() },
      {
        name: "tag",
        label: word("phraseTag"),
        help: word("phraseTagHelp"),
        attributes: { autocomplete: "off", autocapitalize: "none", spellcheck: "false" },
        check: (tag, { listed }) =>
          listed !== OTHER || TAG.test(tag) ? "" : word("languageRefused"),
      },
    ],
  })
  if (!answer || answer === "remove") return answer
  const tag = answer.listed === OTHER ? answer.tag.trim() : answer.listed
  return { lang: tag, dir: direction(tag) === "rtl" ? "rtl" : null }
}

export const Phrase = Mark.create({
  name: "phrase",
  // Inside links and emphasis, as canonical HTML nests them.
  priority: 50,
  // What is typed after the phrase is in the language of the text again.
  inclusive: false,

  addAttributes() {
    return { lang: { default: null }, dir: { default: null } }
  },

  parseHTML() {
    return [{ tag: "span[lang]" }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", HTMLAttributes, 0]
  },

  addCommands() {
    return {
      editPhrase:
        () =>
        ({ editor }) => {
          askAbout(editor, "phrase", dialog, (chain, phrase) => chain.setMark("phrase", phrase))
          return true
        },
    }
  },
})
