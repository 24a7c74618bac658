// Links as they are stored: an address and, where it is known, the language behind it.
import { Link as BaseLink } from "django-prose-editor/editor"
import { ask, askAbout } from "tract/dialog"
import { word } from "tract/words"

const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i
const MAIL = /^[^\s@/:?#]+@[^\s@/:?#]+\.[^\s@/:?#]+$/
const SCHEME = /^([a-z][a-z0-9+.-]*):/i
const OURS = /^[/#]/

// An address as somebody types it, with the scheme that it lacks.
function completed(address) {
  if (!address || SCHEME.test(address) || OURS.test(address)) return address
  return MAIL.test(address) ? `mailto:${address}` : `https://${address}`
}

export const Link = BaseLink.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      // Not while typing: « salarié.es » and « tou.te.s » are words, not addresses.
      autolink: false,
      shouldAutoLink: (url) => /^(https?:\/\/|mailto:)/i.test(url),
      defaultProtocol: "https",
      isAllowedUri: (url, { protocols }) =>
        OURS.test(url) || protocols.includes(SCHEME.exec(url)?.[1].toLowerCase()),
    }
  },

  // The base registers its protocols once per editor, and warns from the second one on.
  onCreate() {},
  onDestroy() {},

  addAttributes() {
    return {
      href: { default: null },
      hreflang: { default: null },
    }
  },

  addCommands() {
    return {
      ...this.parent?.(),
      editLink:
        () =>
        ({ editor }) => {
          const question = () => dialog(editor, this.options)
          askAbout(editor, "link", question, (chain, link) => chain.setMark("link", link))
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    return { "Mod-k": () => this.editor.commands.editLink() }
  },
})

async function dialog(editor, { isAllowedUri, protocols }) {
  const isLink = editor.isActive("link")
  const isAllowed = (address) => isAllowedUri(completed(address), { protocols })
  const answer = await ask({
    title: word("linkTitle"),
    removable: isLink,
    values: editor.getAttributes("link"),
    fields: [
      {
        name: "href",
        label: word("linkAddress"),
        help: word("linkAddressHelp"),
        attributes: { inputmode: "url", autocomplete: "off", spellcheck: "false", dir: "ltr" },
        check: (address) => {
          if (!address) return word("linkMissing")
          return isAllowed(address) ? "" : word("linkRefused")
        },
      },
      {
        name: "hreflang",
        label: word("linkLanguage"),
        help: word("linkLanguageHelp"),
        attributes: { autocomplete: "off", autocapitalize: "none", spellcheck: "false" },
        check: (tag) => (!tag || LANGUAGE.test(tag) ? "" : word("languageRefused")),
      },
    ],
  })
  if (!answer || answer === "remove") return answer
  return { href: completed(answer.href.trim()), hreflang: answer.hreflang.trim() || null }
}
