import type { Locale } from '@vitrine/core'
import { french } from './french.js'
import { sentenceCase, wordsOf } from './text.js'

/** A field of content as a label, such as `Short description`; one of the marketplace's own in the words of its name. */
export function fieldLabel(field: string, locale: Locale): string {
  return fields[locale].get(field) ?? sentenceCase(wordsOf(field))
}

/** A check as a label. */
export function checkLabel(check: string, locale: Locale): string {
  return checks[locale].get(check) ?? sentenceCase(wordsOf(check))
}

/** A role, and what comes with it. */
export function roleLabel(role: string, locale: Locale): string {
  return roles[locale].get(role) ?? sentenceCase(wordsOf(role))
}

type Labels = { readonly [locale in Locale]: ReadonlyMap<string, string> }

const fields: Labels = {
  en: labels({
    contentLanguage: 'Language of the listing',
    demoUrl: 'Link to a demonstration',
    documents: 'Related documents',
    geography: 'Regions',
    offered: 'Services offered',
    productVersion: 'Version of the product',
    slug: 'Vanity URL',
  }),
  fr: labels({
    banner: 'Bannière',
    categories: 'Catégories',
    contentLanguage: french`Langue de l'annonce`,
    demoUrl: 'Lien vers une démonstration',
    documents: 'Documents associés',
    geography: 'Régions',
    headline: 'Accroche',
    icon: 'Icône',
    keywords: 'Mots-clés',
    longDescription: 'Description longue',
    markets: 'Marchés',
    name: 'Nom',
    offered: 'Services proposés',
    pricing: 'Tarif',
    productVersion: 'Version du produit',
    screenshots: french`Captures d'écran`,
    shortDescription: 'Description courte',
    slug: 'URL personnalisée',
    supportContacts: french`Contacts d'assistance`,
    supportLinks: french`Liens d'assistance`,
    supportedLanguages: 'Langues prises en charge',
    systemRequirements: 'Configuration requise',
    termsOfUse: french`Conditions d'utilisation`,
    trainedPeople: 'Personnes formées',
    videos: 'Vidéos',
  }),
}

const checks: Labels = {
  en: labels({ architecture: 'Technical architecture', demo: 'Demonstration', proofOfAbility: 'Proof of ability' }),
  fr: labels({
    architecture: 'Architecture technique',
    content: 'Contenu',
    demo: 'Démonstration',
    proofOfAbility: 'Preuve de capacité',
    security: 'Sécurité',
  }),
}

const roles: Labels = {
  en: labels({
    administrator: 'Administrator: may do everything, and looks after the profile and the team',
    lister: 'Lister: writes, submits and publishes listings',
    sales: 'Sales: follows up the leads that listings bring',
    viewer: 'Viewer: reads the listings and sees the team',
  }),
  fr: labels({
    administrator: french`Administration : tous les droits, y compris sur le profil et l'équipe`,
    lister: french`Annonces : rédaction, soumission et publication`,
    sales: french`Ventes : suivi des demandes reçues par les annonces`,
    viewer: french`Consultation : lecture des annonces et de l'équipe`,
  }),
}

function labels(byName: { readonly [name: string]: string }): ReadonlyMap<string, string> {
  return new Map(Object.entries(byName))
}
